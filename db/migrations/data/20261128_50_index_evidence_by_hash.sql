ALTER TABLE evidence
  ADD KEY evidence_sha256 (sha256)
