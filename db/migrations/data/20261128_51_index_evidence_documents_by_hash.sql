ALTER TABLE evidence_documents
  ADD KEY evidence_documents_sha256 (sha256)
