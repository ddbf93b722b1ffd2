-- A name is looked for in Unicode's composed form, whichever way it is typed. One that would then be another account's stays as it is.
update account a set name = normalize(name, nfc)
 where name is not nfc normalized
   and not exists (select from account b where lower(b.name) = lower(normalize(a.name, nfc)));
