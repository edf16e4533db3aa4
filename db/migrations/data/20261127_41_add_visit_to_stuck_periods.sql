ALTER TABLE stuck_periods
  ADD COLUMN person_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - whose journey it is',
  ADD COLUMN visit_began_at DATETIME(3) NOT NULL COMMENT 'sensitive: no - when the journey was entered',
  ADD KEY stuck_periods_person (person_key, entered_at)
