-- An envelope that is empty owes what is spent from it: what was worked out before is worked out again.
delete from carries;
