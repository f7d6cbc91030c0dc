namespace Aval.Simulation;

/// <summary>The machine's clock while a past is lived: it stands at the hours of the day that is played, and never later than now.</summary>
public sealed class PastClock : TimeProvider
{
    const int Opens = 8;
    const int DeskSitsAt = 10;

    DateTimeOffset at = DateTimeOffset.MinValue;

    public override DateTimeOffset GetUtcNow() => at < System.GetUtcNow() ? at : System.GetUtcNow();

    /// <summary>Documents come in from here on.</summary>
    public void Morning(DateOnly day) => at = At(day, Opens);

    internal void Desk(DateOnly day) => at = At(day, DeskSitsAt);

    internal void Pass(int minutes) => at = at.AddMinutes(minutes);

    static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
}
