ALTER TABLE evidence
  ADD UNIQUE KEY evidence_sha256 (sha256)
