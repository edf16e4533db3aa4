ALTER TABLE confirmations
  ADD KEY confirmations_evidence (evidence_id)
