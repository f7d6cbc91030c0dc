using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Which lines to send first within an amount.</summary>
/// <param name="Lines">Empty where not even one unit fits, or the check does not accept the choice.</param>
/// <param name="Approximate">There were too many ways to try them all.</param>
/// <param name="CanShip">False where lots are so large that nothing of the order can go within the amount.</param>
readonly record struct ChosenLines(ImmutableArray<OptionLine> Lines, bool Approximate, bool CanShip);

/// <summary>The lines and quantities with the most of what is urgent within an amount; of these with the most margin; then those worth the most; then in the order's own
/// sequence.</summary>
/// <remarks>Whole units, all that is left of a line, or nothing, and no part smaller than the line's minimum lot. Cost nobody has told counts as no margin. Exact where
/// a bounded search (branch and bound) comes to its end: always for the few lines of most orders.</remarks>
static class LineChoice
{
    const int MostLines = 60;

    /// <summary>Quantities tried on all lines together.</summary>
    const int MostTried = 20_000;

    /// <param name="within">Minor units of the order's currency.</param>
    public static ChosenLines Of(WhatIf asked, Proof proof, long within)
    {
        var lines = asked.Order.Lines.Select(line => new Offered(line, asked.Order.Currency)).Where(line => line.Open.Scaled > 0)
            .OrderByDescending(line => line.IsUrgent).ThenByDescending(line => line.MarginRate).ThenBy(line => line.Number).ToList();
        var search = new Search(lines.Take(MostLines).ToList(), within);
        search.Run();
        ImmutableArray<OptionLine> chosen = [.. search.Best.Where(line => line.Quantity.Scaled > 0).OrderBy(line => line.Line)];
        var ships = chosen.Length > 0 || lines.TrueForAll(line => line.Lot.Scaled == 0);
        var approximate = search.Exhausted || lines.Count > MostLines;
        return chosen.IsEmpty || !proof.Passes(asked.OfLines(chosen)) ? new([], false, ships) : new(chosen, approximate, ships);
    }

    /// <summary>A line with what is still to come of it.</summary>
    sealed class Offered(OrderLine line, Currency currency)
    {
        readonly Quantity gone = Quantity.Max(line.Delivered, line.Invoiced);

        public int Number => line.Line;
        public bool IsUrgent => line.Urgent;
        public Quantity Open { get; } = Left(line);
        public Quantity Lot => line.MinimumLot ?? Quantity.Zero;

        /// <summary>Margin for the money that it takes; never below zero, since what is sold at a loss is still worth sending.</summary>
        public decimal MarginRate => Price == 0 ? 0 : Unit / (Price * (1 + (line.TaxRate / 100)));

        decimal Price => line.UnitPrice.Value * (1 - (line.DiscountPercent / 100));
        decimal Unit => line.UnitCost is { } cost ? Math.Max(0, Price - cost.Value) : 0;

        public decimal MarginOf(Quantity quantity) => quantity.Value * Unit;

        /// <summary>What this much more of it adds to the order's open value: differences of the rounded cumulative value.</summary>
        public long Cost(Quantity quantity) =>
            Math.Max(0, OrderValue.LineValue(line, gone + quantity, currency) - Math.Max(OrderValue.LineValue(line, line.Delivered, currency), line.Billed));

        /// <summary>The most of it that costs no more, by whole units; zero where that is less than a lot.</summary>
        public Quantity Fitting(long within)
        {
            if (Cost(Open) <= within) return Open;
            decimal fits = 0, exceeds = Math.Ceiling(Open.Value);
            while (exceeds - fits > 1)
            {
                var middle = Math.Floor((fits + exceeds) / 2);
                if (Cost(Quantity.Of(middle)) <= within) fits = middle;
                else exceeds = middle;
            }

            return AtLeastALot(fits);
        }

        /// <summary>The next smaller quantity that may be sent; null below zero.</summary>
        public Quantity? Below(Quantity quantity) => quantity.Scaled == 0 ? null : AtLeastALot(Math.Ceiling(quantity.Value) - 1);

        Quantity AtLeastALot(decimal units) => units <= 0 || units < Lot.Value ? Quantity.Zero : Quantity.Of(units);

        static Quantity Left(OrderLine line)
        {
            var (ordered, gone) = (line.Quantity - line.Cancelled, Quantity.Max(line.Delivered, line.Invoiced));
            return ordered > gone ? ordered - gone : Quantity.Zero;
        }
    }

    /// <summary>What a choice is worth: the money's worth of what is urgent before the margin, and that before the money's worth of it all.</summary>
    readonly record struct Worth(long Urgent, decimal Margin, long Cost)
    {
        public Worth With(Offered line, decimal margin, long cost) => new(line.IsUrgent ? Urgent + cost : Urgent, Margin + margin, Cost + cost);

        public int Against(Worth other) => (Urgent, Margin, Cost).CompareTo((other.Urgent, other.Margin, other.Cost));
    }

    sealed class Search(List<Offered> lines, long within)
    {
        readonly OptionLine[] current = new OptionLine[lines.Count];
        readonly List<(decimal Margin, long Cost)> whole = [.. lines.Select(line => (line.MarginOf(line.Open), line.Cost(line.Open)))];
        Worth best = new(-1, -1, -1);
        int left = MostTried;

        public OptionLine[] Best { get; private set; } = [];
        public bool Exhausted { get; private set; }

        public void Run() => From(0, within, default);

        /// <summary>Largest quantities first, so that the first choice found is already a good one.</summary>
        void From(int at, long room, Worth sofar)
        {
            if (at == lines.Count)
            {
                if (sofar.Against(best) <= 0) return;
                (best, Best) = (sofar, [.. current]);
                return;
            }

            var line = lines[at];
            for (Quantity? quantity = line.Fitting(room); quantity is { } some; quantity = line.Below(some))
            {
                if (left-- <= 0) Exhausted = true;
                var costs = line.Cost(some);
                var worth = sofar.With(line, line.MarginOf(some), costs);
                // What is urgent comes first, then the best margin for the money: what is left out here is never made up for later.
                if (Bound(at + 1, room - costs, worth).Against(best) <= 0) return;
                current[at] = new OptionLine(line.Number, some);
                From(at + 1, room - costs, worth);
                if (Exhausted) return;
            }
        }

        /// <summary>No choice of the later lines can do better: they could be cut at will.</summary>
        Worth Bound(int at, long room, Worth sofar)
        {
            for (; at < lines.Count && room > 0; at++)
            {
                var (all, costs) = whole[at];
                var taken = Math.Min(room, costs);
                sofar = sofar.With(lines[at], costs == 0 ? all : all * taken / costs, taken);
                room -= taken;
            }

            return sofar;
        }
    }
}
