ALTER TABLE journeys
  ADD KEY journeys_person (person_key, started_at)
