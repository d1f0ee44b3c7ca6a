local counts, size = {}, 0
for i = 0, 999999 do
  local key = "k" .. tostring(i * 7919 % 5003)
  if counts[key] ~= nil then counts[key] = counts[key] + 1 else counts[key] = 1; size = size + 1 end
end
print(size, counts["k1"])
