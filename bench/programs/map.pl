my %counts;
for my $i (0 .. 999999) {
  my $key = "k" . ($i * 7919 % 5003);
  if (exists $counts{$key}) { $counts{$key} = $counts{$key} + 1; } else { $counts{$key} = 1; }
}
print scalar(keys %counts), " $counts{k1}\n";
