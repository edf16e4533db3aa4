ALTER TABLE evidence
  DROP KEY evidence_sha256,
  ADD UNIQUE KEY evidence_sha256 (sha256)
