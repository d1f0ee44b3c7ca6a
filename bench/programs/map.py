counts = {}
for i in range(1000000):
    key = "k" + str(i * 7919 % 5003)
    if key in counts:
        counts[key] = counts[key] + 1
    else:
        counts[key] = 1
print(len(counts), counts["k1"])
