using System.Diagnostics.Metrics;
using System.Globalization;
using Aval.Kernel;

namespace Aval.Bench;

/// <summary>What a Desk has done, by its own numbers (docs/operating/telemetry.md).</summary>
/// <param name="Commands">Those of its batches: one that was passed over counts in each batch that took it.</param>
/// <param name="Seconds">That its batches took, and of them writing and committing.</param>
readonly record struct DeskCounted(double Batches, double Commands, double Passed, double CaughtUp, double Seconds, double Commit)
{
    public static DeskCounted Of(string told)
    {
        var parts = Array.ConvertAll(told.Split(' '), part => double.Parse(part, CultureInfo.InvariantCulture));
        return new(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    public DeskCounted And(DeskCounted other) => new(
        Batches + other.Batches, Commands + other.Commands, Passed + other.Passed, CaughtUp + other.CaughtUp, Seconds + other.Seconds, Commit + other.Commit);

    public DeskCounted Less(DeskCounted other) => And(new(-other.Batches, -other.Commands, -other.Passed, -other.CaughtUp, -other.Seconds, -other.Commit));
}

/// <summary>Listens to the Desks of this process.</summary>
sealed class DeskCounts : IDisposable
{
    static readonly string[] Wanted = ["aval.batch.size", "aval.batch.duration", "aval.batch.commit.duration", "aval.batch.passed", "aval.facts"];

    readonly MeterListener listener = new();
    readonly Lock gate = new();
    DeskCounted counted;

    public DeskCounts()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == Telemetry.Meter && Wanted.Contains(instrument.Name)) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) => Add(new(1, size, 0, 0, 0, 0)));
        listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) =>
            Add(instrument.Name == "aval.batch.duration" ? new(0, 0, 0, 0, seconds, 0) : new(0, 0, 0, 0, 0, seconds)));
        listener.SetMeasurementEventCallback<long>((instrument, number, tags, _) =>
            Add(instrument.Name == "aval.batch.passed" ? new(0, 0, number, 0, 0, 0) : tags is [{ Value: "caughtUp" }] ? new(0, 0, 0, number, 0, 0) : default));
        listener.Start();
    }

    public string Told()
    {
        lock (gate)
            return string.Create(
                CultureInfo.InvariantCulture, $"{counted.Batches} {counted.Commands} {counted.Passed} {counted.CaughtUp} {counted.Seconds} {counted.Commit}");
    }

    public void Dispose() => listener.Dispose();

    void Add(DeskCounted more)
    {
        lock (gate) counted = counted.And(more);
    }
}
