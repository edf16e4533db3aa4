ALTER TABLE matters
  ADD COLUMN erased_at DATETIME(3) NULL COMMENT 'sensitive: no - when its key was dropped',
  ADD KEY matters_erasure (erased_at, decided_at)
