CREATE INDEX attempts_device ON attempts (device, day)
