using System.Collections.Concurrent;
using Aval.Kernel;

namespace Aval.Tests.Jars;

/// <summary>A made-up capability by which the write path is proved: jars hold coins up to a capacity, coins expire, waiting coins enter when room comes.</summary>
public sealed class JarsCapability : ICapability
{
    public string Name => "Jars";
    public IReadOnlyList<Aval.Kernel.Storage.Table> Tables => [JarFacts.JarTable, JarFacts.CoinTable, JarFacts.RuleTable];
    public IFactsSlice EmptyFacts => JarFacts.Empty;
    public IDue Due => new CoinsExpire();
    public IReadOnlyList<IReaction> Reactions => [new CoinsEnter()];

    /// <summary>Numbers of coins that break the reaction which lets them in.</summary>
    public static ConcurrentDictionary<string, bool> Cursed { get; } = new(StringComparer.Ordinal);

    public static Composition Composition { get; } = new([new JarsCapability()]);

    sealed class CoinsExpire : IDue
    {
        public string Rule => "expire";

        public DateOnly? Next(Facts facts, Facts company) =>
            facts.Get<JarFacts>().Expiring is { IsEmpty: false } expiring ? expiring.Min.Expires.AddDays(1) : null;

        public void Run(Case @case)
        {
            var facts = @case.Facts.Get<JarFacts>();
            foreach (var (expires, number) in facts.Expiring.TakeWhile(coin => coin.Expires < @case.Today))
                @case.Put(JarFacts.CoinTable, facts.Coins[number] with { Status = CoinStatus.Expired });
        }
    }

    sealed class CoinsEnter : IReaction
    {
        public string Rule => "enter";

        public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) =>
            after.Get<JarFacts>().Room > before.Get<JarFacts>().Room ? [.. after.Get<JarFacts>().Waiting.Select(coin => coin.Number)] : [];

        public void Run(Case @case, string key)
        {
            if (@case.Facts.Find<Coin>(key) is not { Status: CoinStatus.Waiting } coin || coin.Amount > @case.Facts.Get<JarFacts>().Room) return;
            if (Cursed.ContainsKey(key)) throw new InvalidOperationException($"{key} is cursed");
            @case.Put(JarFacts.CoinTable, coin with { Status = CoinStatus.Inside, Entered = @case.Today, Rule = @case.Company.Get<JarFacts>().Rule });
        }
    }
}
