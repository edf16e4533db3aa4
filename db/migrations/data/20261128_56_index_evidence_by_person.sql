ALTER TABLE evidence
  ADD KEY evidence_person (person_key, created_at, number)
