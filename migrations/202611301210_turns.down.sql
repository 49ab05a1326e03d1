DROP TABLE todo.turn_events;
DROP TABLE todo.turns;
