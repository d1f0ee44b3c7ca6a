const counts = new Map();
for (let i = 0; i < 1000000; i++) {
  const key = `k${(i * 7919) % 5003}`;
  if (counts.has(key)) counts.set(key, counts.get(key) + 1);
  else counts.set(key, 1);
}
console.log(counts.size, counts.get("k1"));
