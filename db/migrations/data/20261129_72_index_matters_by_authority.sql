ALTER TABLE matters
  ADD KEY matters_authority (authority, state, pushed_at, id),
  ADD KEY matters_authority_registry (authority, registry, state, pushed_at, id),
  ALGORITHM=INPLACE, LOCK=NONE
