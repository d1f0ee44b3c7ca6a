const n = 2000000;
const composite = [];
for (let i = 0; i <= n; i++) composite.push(false);
let count = 0;
for (let i = 2; i <= n; i++) {
  if (composite[i]) continue;
  count = count + 1;
  for (let j = i * i; j <= n; j = j + i) composite[j] = true;
}
console.log(count);
