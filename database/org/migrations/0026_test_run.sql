-- A run that tries out a version of an app before it is published (decision 20).
alter type execution.trigger_source add value 'test';
