ALTER TABLE stuck_periods
  ADD COLUMN attempts_asked_at DATETIME(3) NULL COMMENT 'sensitive: no - when a person who is locked out asked clerks for more attempts'
