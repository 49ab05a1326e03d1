DROP FUNCTION todo.find_calendar_feed(bytea);
DROP TABLE todo.calendar_feeds;
