run test test-services setup: ; @./bin/$@
.PHONY: run test test-services setup
