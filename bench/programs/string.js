let text = "";
for (let i = 0; i < 1000000; i++) text = `${text}ab${i % 10}`;
let count = 0;
for (const c of text) if (c === "a") count = count + 1;
console.log(text.length, count);
