using Aval.Cover.Rules;
using Aval.Kernel;

namespace Aval.Cover;

/// <summary>Records that a guarantee or cover has begun, ended or been cut. What holds on a day follows from the dates; this makes it known and wakes what waits for it.</summary>
sealed class CoverDue : IDue
{
    public string Rule => "coverBeginsAndEnds";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var ahead = facts.Get<CoverFacts>().Ahead;
        if (ahead.IsEmpty) return null;
        return ahead.Min.Day <= facts.Through ? facts.Through.AddDays(1) : ahead.Min.Day;
    }

    public void Run(Case @case)
    {
        foreach (var (day, row, key) in @case.Facts.Get<CoverFacts>().Ahead)
        {
            if (day > @case.Today) break;
            switch (row)
            {
                case nameof(Guarantee):
                    var guarantee = @case.Facts.Find<Guarantee>(key)!;
                    @case.Put(CoverTables.Guarantee, day == guarantee.ValidFrom && guarantee.BegunOn is null ? guarantee with { BegunOn = day } : guarantee with { EndedOn = day });
                    break;
                case nameof(InsuranceCover):
                    var cover = @case.Facts.Find<InsuranceCover>(key)!;
                    @case.Put(CoverTables.Insurance, day == cover.ValidFrom && cover.BegunOn is null ? cover with { BegunOn = day } : cover with { EndedOn = day });
                    break;
                case nameof(CoverCut):
                    @case.Put(CoverTables.Cut, @case.Facts.Find<CoverCut>(key)! with { TakenOn = day });
                    break;
            }
        }
    }
}
