ALTER TABLE journeys
  ADD COLUMN swept_at DATETIME(3) NULL COMMENT 'sensitive: no - when it was last made sure that a workflow serves it',
  ADD COLUMN is_open TINYINT(1) GENERATED ALWAYS AS (step <> 'closed') VIRTUAL COMMENT 'sensitive: no',
  ADD KEY journeys_swept (is_open, swept_at)
