ALTER TABLE clerks
  DROP COLUMN failed_sign_ins,
  DROP COLUMN locked_until
