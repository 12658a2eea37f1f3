-- With what the signatures of a channel are checked.
select public_key from channels where id = $1
