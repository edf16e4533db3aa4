ALTER TABLE messages
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (evidence_id, matter_id)
