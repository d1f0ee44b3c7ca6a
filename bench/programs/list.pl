my @list;
for my $i (0 .. 999999) { push @list, $i * 2; }
my $sum = 0;
for my $x (@list) { $sum = $sum + $x; }
for my $i (0 .. $#list) { $list[$i] = $list[$i] + 1; }
print "$sum $list[-1]\n";
