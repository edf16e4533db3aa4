DROP TABLE portrait_fetches
