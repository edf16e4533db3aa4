ALTER TABLE matters
  ADD COLUMN callbacks_stopped_at DATETIME(3) NULL COMMENT 'sensitive: no - since when the registration system wants no more callbacks about it (410)',
  ADD KEY matters_of_registry (registry, pushed_at, id),
  ADD KEY matters_by_state (registry, state, pushed_at, id)
