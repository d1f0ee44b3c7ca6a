const list = [];
for (let i = 0; i < 1000000; i++) list.push(i * 2);
let sum = 0;
for (const x of list) sum = sum + x;
for (let i = 0; i < list.length; i++) list[i] = list[i] + 1;
console.log(sum, list.at(-1));
