-- With what the signatures of an account are checked.
select public_key from accounts where id = $1
