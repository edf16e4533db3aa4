CREATE INDEX attempts_day ON attempts (day, purpose, state)
