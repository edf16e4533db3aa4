ALTER TABLE matters
  ADD COLUMN hold_reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - why it stays open though all have confirmed: flagged, evidence-doubtful',
  ADD KEY matters_held (state, hold_reason)
