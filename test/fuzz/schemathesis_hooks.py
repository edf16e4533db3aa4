# Schemathesis sends bytes as they are only where it knows the media type.
import schemathesis

schemathesis.serializer.alias(["application/pdf", "image/jpeg", "image/png"], "application/octet-stream")
