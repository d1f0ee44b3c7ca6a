for my $i (0 .. 999999) { print "$i\n"; }
