"""Education documents of a school: the duplicate on application, the original to each graduate. Norms: DUP-1 to 32."""
