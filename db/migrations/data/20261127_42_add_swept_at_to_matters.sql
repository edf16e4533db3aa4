ALTER TABLE matters
  ADD COLUMN swept_at DATETIME(3) NULL COMMENT 'sensitive: no - when it was last made sure that a workflow serves it',
  ADD KEY matters_swept (state, swept_at),
  ADD KEY matters_expiring (state, expires_at)
