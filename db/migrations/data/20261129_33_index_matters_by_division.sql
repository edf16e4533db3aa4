ALTER TABLE matters
  ADD KEY matters_province (province, state, pushed_at, id),
  ADD KEY matters_city (city, state, pushed_at, id),
  ADD KEY matters_county (county, state, pushed_at, id),
  ADD KEY matters_province_registry (province, registry, state, pushed_at, id),
  ADD KEY matters_city_registry (city, registry, state, pushed_at, id),
  ADD KEY matters_county_registry (county, registry, state, pushed_at, id),
  ALGORITHM=INPLACE, LOCK=NONE
