my $text = "";
for my $i (0 .. 999999) { $text = $text . ("ab" . ($i % 10)); }
my $count = 0;
for my $c (split //, $text) { $count = $count + 1 if $c eq "a"; }
print length($text), " $count\n";
