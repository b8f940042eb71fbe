"""The outside world as small ports: state registers and SMS, each with a stand-in server for demo and tests."""
