DELETE FROM daily_checks
