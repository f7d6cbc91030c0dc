namespace Aval.Simulation;

/// <summary>What a stream of chance decides; each purpose has its own, so that a new draw in one changes nothing in another.</summary>
enum ChanceOf : ulong { Profile = 1, Habits = 2, Orders = 3, Remittances = 4, Rates = 5, Trades = 6, Desk = 7, Opening = 8, Bank = 9 }

/// <summary>A reproducible source of chance (SplitMix64: Steele, Lea and Flood, OOPSLA 2014), integers only, so that no machine can differ.</summary>
sealed class RandomStream
{
    const ulong Step = 0x9E3779B97F4A7C15;
    ulong state;

    /// <summary>The stream of one subject (a customer's number, or a currency's) for one purpose.</summary>
    public RandomStream(ulong seed, int subject, ChanceOf purpose) =>
        state = Mix(Mix(Mix(seed) ^ (ulong)subject) ^ (ulong)purpose);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included, all about equally likely.</summary>
    public int Between(int low, int high) => low + (int)Math.BigMul(Next(), (ulong)(high - low + 1), out _);

    public bool Chance(int percent) => Between(1, 100) <= percent;

    public T Pick<T>(ReadOnlySpan<T> among) => among[Between(0, among.Length - 1)];

    /// <summary>A percentage around 100, seldom near <paramref name="spread"/> away from it: the mean of three draws.</summary>
    public int PercentAround(int spread) => 100 + (Between(-spread, spread) + Between(-spread, spread) + Between(-spread, spread)) / 3;

    ulong Next() => Mix(unchecked(state += Step));

    static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
