CREATE INDEX portraits_sha256 ON portraits (sha256)
