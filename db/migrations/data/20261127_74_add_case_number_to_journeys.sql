ALTER TABLE journeys
  ADD COLUMN case_number CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of this visit, for people and clerks (domain/case-numbers.ts)' AFTER revision,
  ADD UNIQUE KEY journeys_case_number (case_number)
